/** Oldest Node that carries everything we use. */
const oldest = { major: 24, minor: 11 } as const;

/** What to say about a Node that is too old; null when it will do. */
export function nodeVersionComplaint(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > oldest.major || (major === oldest.major && minor >= oldest.minor);
  return fits
    ? null
    : `Node ${oldest.major}.${oldest.minor} or newer is needed, this is ${version}: start through npm, which brings its own`;
}

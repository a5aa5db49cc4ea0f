// breaks: eslint/@typescript-eslint/no-floating-promises
const save = async (): Promise<void> => {};

export function record(): void {
  save();
}

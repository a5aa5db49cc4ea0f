// breaks: eslint/@typescript-eslint/no-misused-promises
export function record(ids: number[]): void {
  ids.forEach(async (id) => {
    await Promise.resolve(id);
  });
}

// breaks: eslint/@typescript-eslint/await-thenable
export async function wait(): Promise<number> {
  return await 1;
}

// breaks: eslint/no-console
export function tell(text: string): void {
  console.log(text);
}

// breaks: eslint/prefer-const
export function one(): number {
  let points = 1;
  return points;
}

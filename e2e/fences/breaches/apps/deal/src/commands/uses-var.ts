// breaks: eslint/no-var
export function one(): number {
  var points = 1;
  points += 1;
  return points;
}

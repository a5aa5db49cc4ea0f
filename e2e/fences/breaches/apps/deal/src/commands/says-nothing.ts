// breaks: eslint/house/no-empty-names
export class DealManager {}

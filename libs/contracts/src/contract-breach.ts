/** One thing wrong with a message. Names the place and the rule, never the value that was found. */
export interface ContractIssue {
  /** Dotted: `data.dealIds.3`; empty for the message itself. */
  readonly path: string;
  readonly message: string;
}

/** The most issues that one breach reports: a hostile message must not fill our logs. */
const contractIssuesMax = 20;

/** A message is not what its key promises. Trying it again cannot help (P15). */
export class ContractBreach extends Error {
  readonly code = 'CONTRACT_BREACH';
  /** The key that the message came under, in the catalogue or not. */
  readonly key: string;
  /** What is wrong with it: the first 20 findings. */
  readonly issues: readonly ContractIssue[];

  constructor(key: string, issues: readonly ContractIssue[]) {
    const [first] = issues;
    super([`${key} breaks its contract:`, first?.path, first?.message].filter(Boolean).join(' '));
    this.name = 'ContractBreach';
    this.key = key;
    this.issues = issues.slice(0, contractIssuesMax);
  }
}

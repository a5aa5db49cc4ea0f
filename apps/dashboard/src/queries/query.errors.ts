/** Codes of the dashboard; their HTTP status stands in the platform's one table. */
export type QueryErrorCode = 'VIEW_NOT_FOUND' | 'DEAL_NOT_FOUND' | 'MEMBER_NOT_FOUND';

/** What was asked for is not in the read model: it does not exist, or has not been heard of yet. */
export class QueryError extends Error {
  override readonly name = 'QueryError';

  constructor(
    readonly code: QueryErrorCode,
    message: string,
  ) {
    super(message);
  }
}

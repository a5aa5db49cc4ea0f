/**
 * A condition that the transaction had been given (`later.requireNone`, `affects`) does not hold, so nothing of it was
 * done: what it was decided on has changed. Read again and decide anew.
 */
export class ConditionUnmet extends Error {
  override readonly name = 'ConditionUnmet';
  constructor() {
    super('what the transaction was decided on has changed');
  }
}

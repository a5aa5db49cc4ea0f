/** The broker cannot be reached, or does not take messages now. Passes by itself. */
export class BrokerAway extends Error {
  readonly code = 'BROKER_AWAY';

  constructor(why: string) {
    super(`the broker is away: ${why}`);
    this.name = 'BrokerAway';
  }
}

/** Whether the broker has the message cannot be known: refused, out of time, or the connection broke. */
export class PublishUnknown extends Error {
  readonly code = 'PUBLISH_UNKNOWN';

  constructor(why: string) {
    super(`a publish has no answer: ${why}`);
    this.name = 'PublishUnknown';
  }
}

/** A reader of this service runs in this transport already; two would share one queue unseen. */
export class ReaderExists extends Error {
  readonly code = 'READER_EXISTS';

  constructor(service: string) {
    super(`${service} reads already`);
    this.name = 'ReaderExists';
  }
}

/** Thrown by a handler that knows that no further try can help: the message is set aside at once (P15). */
export class SetAside extends Error {
  readonly code: string;

  /** @param code one upper-case word, kept with the dead letter */
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SetAside';
    this.code = code;
  }
}

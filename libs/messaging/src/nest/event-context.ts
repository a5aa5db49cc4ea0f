import { BaseRpcContext } from '@nestjs/microservices';

/** What a handler may know about a delivery, beside the event itself. */
export class EventContext extends BaseRpcContext<[]> {
  /**
   * @param key the event's key, also its routing key
   * @param tries how often this event failed here before; 0 the first time
   * @param redelivered whether the broker handed it out before; a hint, never a proof
   */
  constructor(
    readonly key: string,
    readonly tries: number,
    readonly redelivered: boolean,
  ) {
    super([]);
  }
}

export type {
  Consumption,
  Deliver,
  EventTransport,
  IncomingMessage,
  OutgoingMessage,
  PublishOutcome,
  ReaderOptions,
} from './transport/event-transport.ts';
export {
  BrokerAway,
  PublishUnknown,
  ReaderExists,
  SetAside,
} from './transport/transport.errors.ts';

export { RabbitTransport } from './rabbit/rabbit-transport.ts';
export type { RabbitOptions } from './rabbit/rabbit-transport.ts';
export { declareTopology, deliveryLimit } from './rabbit/declare-topology.ts';
export type { ReaderTopology } from './rabbit/declare-topology.ts';
export { exchangeName, rabbitNames } from './rabbit/rabbit-names.ts';
export type { RabbitNames } from './rabbit/rabbit-names.ts';
export { InProcessTransport } from './in-process/in-process-transport.ts';
export type { InProcessOptions } from './in-process/in-process-transport.ts';

export { newEvent } from './outbox/new-event.ts';
export type { EventOrigin, NewEvent } from './outbox/new-event.ts';
export { Outbox } from './outbox/outbox.ts';
export { CommitBell } from './outbox/commit-bell.ts';
export { EventTooLarge } from './outbox/stored-events.ts';
export { messagingSchema } from './outbox/messaging-schema.ts';
export { CreateOutbox1700000000000 } from './outbox/migrations/create-outbox.ts';
export { AddTraceparents1700000000002 } from './outbox/migrations/add-traceparents.ts';

export { Relay } from './relay/relay.ts';
export type { RelayParts } from './relay/relay-term.ts';

export { defaultRetryDelaysMs, MessagingModule } from './nest/messaging.module.ts';
export type { MessagingOptions } from './nest/messaging.module.ts';
export { EventStrategy, NobodyHears, UnusableHandler } from './nest/event-strategy.ts';
export { EventContext } from './nest/event-context.ts';
export { OnEvent } from './nest/on-event.ts';
export type { EventHandler } from './nest/on-event.ts';
export { brokerCheck } from './nest/broker-check.ts';

export { BrokerDesk } from './operations/broker-desk.ts';
export type { BrokerDeskOptions, QueueDepths } from './operations/broker-desk.ts';
export { DeadLetters, NotSentBack } from './operations/dead-letters.ts';
export type { DeadLetter } from './operations/dead-letters.ts';

export { journalStateView } from './journal/journal-views.ts';
export type { JournalStateView } from './journal/journal-views.ts';
export { readPage } from './journal/page-text.ts';
export type { PageTexts } from './journal/page-text.ts';

export { messagingMetrics } from './observe/messaging-metrics.ts';
export { silentObserver } from './observe/messaging-observer.ts';
export type {
  LagObserver,
  MessagingObserver,
  ReaderObserver,
  RelayObserver,
} from './observe/messaging-observer.ts';

export { foundation, mysqlStorage, runMigration } from './nest/service-foundation.ts';
export type { FoundationOptions, SharedParts } from './nest/service-foundation.ts';

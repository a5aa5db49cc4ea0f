/** The five services, by the names they have in queues, databases, metrics and credentials. */
export const serviceNames = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;

/** One of the five services. */
export type ServiceName = (typeof serviceNames)[number];

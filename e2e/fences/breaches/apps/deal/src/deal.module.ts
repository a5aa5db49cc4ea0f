import { DealsDoor } from './http/deals-door.ts';
import { OnSettled } from './messaging/on-settled.ts';
import { StoredDeals } from './persistence/stored-deals.ts';
import { AskPoint } from './point-gateway/ask-point.ts';

export const dealModule = [DealsDoor, OnSettled, StoredDeals, AskPoint];

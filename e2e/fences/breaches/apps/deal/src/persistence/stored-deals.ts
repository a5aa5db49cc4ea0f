import { Deals } from '../domain/deal.ts';
import { DealEntity } from './deal.entity.ts';

export class StoredDeals extends Deals {
  readonly entity = DealEntity;
  override keep(): void {}
}

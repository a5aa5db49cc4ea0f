export class DealEntity {
  readonly id = 0;
}

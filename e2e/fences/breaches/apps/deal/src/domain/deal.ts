export interface Deal {
  readonly id: number;
  readonly point: number;
}

export abstract class Deals {
  abstract keep(deal: Deal): void;
}

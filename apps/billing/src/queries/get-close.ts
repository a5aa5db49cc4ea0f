import { Injectable } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { closeNotFound } from '../domain/billing.errors.ts';
import { Closes } from '../domain/month-close.ts';
import type { CloseProgress } from '../domain/month-close.ts';

/** How far has the close of a month come? Throws `CLOSE_NOT_FOUND`. */
export class GetClose extends Query<CloseProgress> {
  constructor(readonly billingMonth: string) {
    super();
  }
}

@Injectable()
@QueryHandler(GetClose)
export class GetCloseHandler implements IQueryHandler<GetClose> {
  constructor(private readonly closes: Closes) {}

  async execute({ billingMonth }: GetClose): Promise<CloseProgress> {
    const progress = await this.closes.progressOf(billingMonth);
    if (progress === null) throw closeNotFound(billingMonth);
    return progress;
  }
}

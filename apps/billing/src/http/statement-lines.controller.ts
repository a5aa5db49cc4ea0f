import { Readable } from 'node:stream';
import { Controller, Get, Header, Headers, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { page, settlementLineView } from '@onepoint/contracts';
import type { Page, SettlementLineView } from '@onepoint/contracts';
import { Allow, ApiProblems, BusinessCalendar, CallerOf } from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import type { z } from 'zod';
import type { Statement } from '../domain/statements.ts';
import { GetStatement } from '../queries/get-statement.ts';
import { ListLines } from '../queries/list-lines.ts';
import type { LinePage } from '../queries/list-lines.ts';
import { billingParam, linesQuery, printQuery } from './billing-requests.ts';
import { lineViewOf } from './billing-views.ts';
import { linesCsv } from './lines-csv.ts';
import { boundMerchantOf } from './own-billings.ts';
import { printPage } from './print-page.ts';
import { printWords } from './print-words.ts';

/** The lines of a statement: a page of JSON, or all of them as one CSV file. */
@Controller('billings')
@ApiTags('billings')
@Allow('merchant', 'operator:settlement')
export class StatementLinesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly calendar: BusinessCalendar,
  ) {}

  @Get(':id/lines')
  @ApiOperation({ summary: 'Settled lines; with Accept: text/csv all of them as a file' })
  @ApiProduces('application/json', 'text/csv')
  @ApiResponse({
    status: 200,
    description: 'a page, or a file',
    standardSchema: page(settlementLineView),
  })
  @ApiProblems(['INVALID_REQUEST', 'BILLING_NOT_FOUND'])
  async lines(
    @Param({ schema: billingParam }) { id }: z.infer<typeof billingParam>,
    @Query({ schema: linesQuery }) query: z.infer<typeof linesQuery>,
    @CallerOf() caller: Caller,
    @Headers('accept') accept: string | undefined,
  ): Promise<Page<SettlementLineView> | StreamableFile> {
    const statement = await this.queries.execute(new GetStatement(id, boundMerchantOf(caller)));
    if (prefersCsv(accept)) return this.file(statement, query.bom === 'true');
    const { lines, nextAfter } = await this.queries.execute(
      new ListLines(statement, query.cursor ?? 0, query.limit),
    );
    return {
      items: lines.map(lineViewOf),
      nextCursor: nextAfter === null ? null : String(nextAfter),
    };
  }

  @Get(':id/print')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @Header('x-content-type-options', 'nosniff')
  @ApiOperation({ summary: 'The statement as a page to print, in Korean or English' })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'an HTML page with a style for paper' })
  @ApiProblems(['INVALID_REQUEST', 'BILLING_NOT_FOUND'])
  async print(
    @Param({ schema: billingParam }) { id }: z.infer<typeof billingParam>,
    @Query({ schema: printQuery }) { lang }: z.infer<typeof printQuery>,
    @CallerOf() caller: Caller,
  ): Promise<StreamableFile> {
    const statement = await this.queries.execute(new GetStatement(id, boundMerchantOf(caller)));
    const { timeZone } = this.calendar;
    const page = printPage(statement, printWords[lang], timeZone, this.linesOf(statement));
    return new StreamableFile(Readable.from(page, { objectMode: false }), {
      type: 'text/html; charset=utf-8',
    });
  }

  private file(statement: Statement, withMark: boolean): StreamableFile {
    const csv = linesCsv(statement, this.calendar, this.linesOf(statement), withMark);
    const name = `billing-${statement.merchantId}-${statement.billingMonth}.csv`;
    return new StreamableFile(Readable.from(csv, { objectMode: false }), {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: `attachment; filename="${name}"`,
    });
  }

  private linesOf(statement: Statement): (after: number, limit: number) => Promise<LinePage> {
    return (after, limit) => this.queries.execute(new ListLines(statement, after, limit));
  }
}

/** JSON unless CSV is named, and named first. */
function prefersCsv(accept: string | undefined): boolean {
  const csv = accept?.search(/\btext\/csv\b/i) ?? -1;
  const json = accept?.search(/\bapplication\/json\b/i) ?? -1;
  return csv >= 0 && (json < 0 || csv < json);
}

import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, ApiProblems } from '@onepoint/platform';
import { journalPageView, journalQuery, journalStateView } from './journal-views.ts';
import type { JournalQuery, JournalStateView } from './journal-views.ts';
import { OwnJournal } from './own-journal.ts';
import { writePage } from './page-text.ts';

/**
 * The door to this service's journal, which is not published: nobody reads another's tables, so whoever
 * rebuilds or replays reads here.
 */
@Controller('journal')
@ApiTags('internal')
@Allow('service')
export class JournalController {
  constructor(private readonly journal: OwnJournal) {}

  @Get()
  @ApiOperation({ summary: 'Everything this service has said, in the order of its journal' })
  @ApiResponse({ status: 200, standardSchema: journalPageView })
  @ApiProblems(['INVALID_REQUEST'])
  @Header('content-type', 'application/json; charset=utf-8')
  async page(
    @Query({ schema: journalQuery }) { after, since, limit }: JournalQuery,
  ): Promise<string> {
    const start = since === undefined ? { after: after ?? 0 } : { since };
    return writePage(await this.journal.page(start, limit));
  }

  @Get('state')
  @ApiOperation({ summary: 'How outbox, journal, relay and reader of this service stand' })
  @ApiResponse({ status: 200, standardSchema: journalStateView })
  state(): Promise<JournalStateView> {
    return this.journal.state();
  }
}

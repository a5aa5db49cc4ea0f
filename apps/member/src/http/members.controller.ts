import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { memberView } from '@onepoint/contracts';
import type { MemberView } from '@onepoint/contracts';
import { fingerprintOf } from '@onepoint/persistence';
import {
  Allow,
  ApiProblems,
  CallerOf,
  callerName,
  IdempotencyKey,
  Replayable,
} from '@onepoint/platform';
import type { Caller } from '@onepoint/platform';
import type { z } from 'zod';
import { SignUp } from '../commands/sign-up.ts';
import { UpdateMember } from '../commands/update-member.ts';
import { WithdrawMember } from '../commands/withdraw-member.ts';
import { FindMemberByPhone } from '../queries/find-member-by-phone.ts';
import { GetMember } from '../queries/get-member.ts';
import { memberParam, phoneQuery, signUpBody, updateBody } from './member-requests.ts';
import { memberViewOf } from './member-view.ts';

/** Members sign up, change what we know of them, and leave. */
@Controller('members')
@ApiTags('members')
@Allow('operator:members')
export class MembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Sign up' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiResponse({ status: 201, description: 'the new member', standardSchema: memberView })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_PHONE_TAKEN', 'IDEMPOTENCY_KEY_REUSED'])
  async signUp(
    @Body({ schema: signUpBody }) personal: z.infer<typeof signUpBody>,
    @IdempotencyKey() key: string | null,
    @CallerOf() caller: Caller,
  ): Promise<Replayable<MemberView>> {
    const fingerprint = fingerprintOf({ route: 'POST /members', body: personal });
    const requestKey = key === null ? null : { caller: callerName(caller), key, fingerprint };
    const { member, replayed } = await this.commands.execute(new SignUp(personal, requestKey));
    return new Replayable(201, memberViewOf(member), replayed);
  }

  @Get()
  @ApiOperation({ summary: 'Find the valid member with a phone' })
  @ApiResponse({ status: 200, description: 'the member', standardSchema: memberView })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_NOT_FOUND'])
  async findByPhone(
    @Query({ schema: phoneQuery }) { phone }: z.infer<typeof phoneQuery>,
  ): Promise<MemberView> {
    return memberViewOf(await this.queries.execute(new FindMemberByPhone(phone)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a member, also one who has withdrawn' })
  @ApiResponse({ status: 200, description: 'the member', standardSchema: memberView })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_NOT_FOUND'])
  async get(
    @Param({ schema: memberParam }) { id }: z.infer<typeof memberParam>,
  ): Promise<MemberView> {
    return memberViewOf(await this.queries.execute(new GetMember(id)));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change personal data; what is absent stays' })
  @ApiResponse({ status: 200, description: 'the member as changed', standardSchema: memberView })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_NOT_FOUND', 'MEMBER_WITHDRAWN', 'MEMBER_PHONE_TAKEN'])
  async update(
    @Param({ schema: memberParam }) { id }: z.infer<typeof memberParam>,
    @Body({ schema: updateBody }) changes: z.infer<typeof updateBody>,
  ): Promise<MemberView> {
    return memberViewOf(await this.commands.execute(new UpdateMember(id, changes)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Withdraw: the personal data is erased at once' })
  @ApiResponse({
    status: 200,
    description: 'what remains of the member',
    standardSchema: memberView,
  })
  @ApiProblems(['INVALID_REQUEST', 'MEMBER_NOT_FOUND'])
  async withdraw(
    @Param({ schema: memberParam }) { id }: z.infer<typeof memberParam>,
  ): Promise<MemberView> {
    return memberViewOf(await this.commands.execute(new WithdrawMember(id)));
  }
}

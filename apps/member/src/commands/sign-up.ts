import { Injectable } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '@onepoint/platform';
import { Members } from '../domain/members.ts';
import type { RequestKey, SignedUp } from '../domain/members.ts';
import type { PersonalData } from '../domain/personal-data.ts';

/** Join the programme. Needs this service's database and nothing else (P5). Throws `MEMBER_PHONE_TAKEN`. */
export class SignUp extends Command<SignedUp> {
  constructor(
    readonly personal: PersonalData,
    readonly key: RequestKey | null,
  ) {
    super();
  }
}

@Injectable()
@CommandHandler(SignUp)
export class SignUpHandler implements ICommandHandler<SignUp> {
  constructor(
    private readonly members: Members,
    private readonly clock: Clock,
  ) {}

  execute({ personal, key }: SignUp): Promise<SignedUp> {
    return this.members.signUp(personal, key, this.clock.now());
  }
}

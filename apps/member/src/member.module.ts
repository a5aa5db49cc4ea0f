import { Logger, Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { EventStrategy, foundation } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import { ForgetOldKeys } from '@onepoint/platform';
import type { ServiceBlueprint } from '@onepoint/platform';
import { SignUpHandler } from './commands/sign-up.ts';
import { UpdateMemberHandler } from './commands/update-member.ts';
import { WithdrawMemberHandler } from './commands/withdraw-member.ts';
import { Members } from './domain/members.ts';
import { MembersController } from './http/members.controller.ts';
import { memberSettings } from './member.config.ts';
import type { KeySource, MemberSettings } from './member.config.ts';
import { memberSchema } from './persistence/member-schema.ts';
import { StoredMembers } from './persistence/stored-members.ts';
import { VerifyKeys } from './persistence/verify-keys.ts';
import { keysFromFile } from './personal-data/key-file.ts';
import { KeyedHash } from './personal-data/keyed-hash.ts';
import { MEMBER_KEYS } from './personal-data/member-keys.ts';
import type { MemberKeys } from './personal-data/member-keys.ts';
import { PersonalDataSeal } from './personal-data/personal-data-seal.ts';
import { FindMemberByPhoneHandler } from './queries/find-member-by-phone.ts';
import { GetMemberHandler } from './queries/get-member.ts';

export { memberSchema } from './persistence/member-schema.ts';

/** Joins everything that is the member service. */
@Module({})
export class MemberModule {
  static with(
    { process: settings, keySource }: MemberSettings,
    shared: SharedParts,
  ): DynamicModule {
    return {
      module: MemberModule,
      imports: foundation({ name: 'member', settings, schema: memberSchema, shared }),
      controllers: [MembersController],
      providers: [...verbs, ...keeping(keySource)],
    };
  }
}

const verbs: readonly Provider[] = [
  SignUpHandler,
  UpdateMemberHandler,
  WithdrawMemberHandler,
  GetMemberHandler,
  FindMemberByPhoneHandler,
];

function keeping(source: KeySource): Provider[] {
  return [
    { provide: MEMBER_KEYS, useFactory: () => memberKeys(source) },
    {
      provide: PersonalDataSeal,
      useFactory: ({ data }: MemberKeys) => new PersonalDataSeal(data),
      inject: [MEMBER_KEYS],
    },
    {
      provide: KeyedHash,
      useFactory: ({ hash }: MemberKeys) => new KeyedHash(hash),
      inject: [MEMBER_KEYS],
    },
    { provide: Members, useClass: StoredMembers },
    VerifyKeys,
    ForgetOldKeys,
  ];
}

function memberKeys(source: KeySource): MemberKeys {
  switch (source.from) {
    case 'environment':
      return source.keys;
    case 'file': {
      const { isNew, ...keys } = keysFromFile(source.file);
      const how = isNew ? 'were made and are kept' : 'are kept';
      new Logger('MemberKeys').log(`development keys of personal data ${how} in ${source.file}`);
      return keys;
    }
    default:
      return source satisfies never;
  }
}

/**
 * The member service, ready to be started. Throws `SettingsError`.
 *
 * @param shared what it shares with others in one process; otherwise MySQL and RabbitMQ by the settings
 */
export function defineMember(env: NodeJS.ProcessEnv, shared: SharedParts = {}): ServiceBlueprint {
  const settings = memberSettings(env);
  return {
    name: 'member',
    module: MemberModule.with(settings, shared),
    host: settings.process.ONEPOINT_HOST,
    port: settings.process.MEMBER_PORT,
    settings: settings.process,
    strategies: (app) => [app.get(EventStrategy)],
    publicTitle: 'OnePoint Member',
  };
}

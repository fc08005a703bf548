import { ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { InstantScalar, InternalField, SecretField } from '@app/platform';
import { PROGRAM_DAYS } from '../access.rules.js';
import { AsksAnother } from '../agreement/agreement.graphql.js';
import { Role } from '../actor.rules.js';
import { SessionKind } from './sign-in-session.entity.js';

registerEnumType(SessionKind, { name: 'SessionKind' });

@ObjectType({ description: 'One of the own sessions: a browser, another program or a device' })
export class OwnSession {
  @InternalField(() => ID) id: string;
  @InternalField(() => SessionKind) kind: SessionKind;
  @InternalField(() => String, { nullable: true, description: 'What its owner calls it; a browser has none' })
  name: string | null;
  @InternalField(() => Role) role: Role;
  @InternalField(() => [String], { nullable: true, description: 'The operations it may try; null is all of its role' })
  scopes: string[] | null;
  @InternalField(() => InstantScalar) createdAt: Date;
  @InternalField(() => InstantScalar, { description: 'Exact to a minute' }) lastSeenAt: Date;
  @InternalField(() => InstantScalar) expiresAt: Date;
  @InternalField({ description: 'Whether it is the session that asks' }) current: boolean;
}

@InputType()
export class CreateTokenInput {
  @InternalField({ description: 'What it is for, as the list of sessions shows it' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name: string;
  @InternalField(() => [String], {
    description: 'Of the viewer’s tokenScopes: operations by name; `upload` sends files, `anyQuery` texts of its own',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(80, { each: true })
  scopes: string[];
  @InternalField(() => Int, { description: 'How many days it lasts: at most 365' })
  @IsInt()
  @Min(1)
  @Max(PROGRAM_DAYS)
  days: number;
}

@InputType()
export class CreateDeviceTokenInput {
  @InternalField({ description: 'What the device is called in the list of sessions' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  name: string;
}

@ObjectType()
export class AccessToken {
  @InternalField(() => ID, { description: 'Of the session: `endSession` revokes it' }) id: string;
  @SecretField({ description: 'Shown once. Sent as `Authorization: Bearer`' }) token: string;
  @InternalField(() => [String]) scopes: string[];
  @InternalField(() => InstantScalar) expiresAt: Date;
}

@ObjectType({ description: 'How long sessions of a role last' })
export class SessionLimitsType {
  @InternalField(() => Role) role: Role;
  @InternalField(() => Int, { description: 'A session that was not used for so long has ended' }) idleMinutes: number;
  @InternalField(() => Int, { description: 'A session ends so long after sign-in, used or not' })
  absoluteMinutes: number;
}

@InputType()
export class SetSessionLimitsInput extends AsksAnother {
  @InternalField(() => Role) @IsString() role: Role;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(24 * 60) idleMinutes: number;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(7 * 24 * 60) absoluteMinutes: number;
}

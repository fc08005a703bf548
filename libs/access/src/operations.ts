import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Role } from './actor.rules.js';
import { ALLOWED, ANYONE, type Caller, IN_PERSON, SIGNED_IN } from './allow.js';

/** Where @nestjs/graphql notes that a method answers an operation, and under which name. */
const [TYPE, NAME] = ['graphql:resolver_type', 'graphql:resolver_name'];
const FIELDS = ['Query', 'Mutation', 'Subscription'];
/** The upload of a file, which has no field in the schema. */
const UPLOAD = 'upload';
/** A8: its token may send texts of its own where production else answers those of our pages only. */
export const ANY_QUERY = 'anyQuery';

interface Operation {
  callers: readonly Caller[];
  inPerson: boolean;
}

/**
 * Every operation of the schema with its `@Allow`. The same words shut the door and tell the client which doors there
 * are, so the web repeats no rule.
 */
@Injectable()
export class Operations {
  private known: Map<string, Operation> | undefined;

  constructor(private readonly modules: ModulesContainer) {}

  /** The operations a role may try, in the order of their names. Which rows it reaches is not said. */
  openTo(role: Role): string[] {
    return this.named(({ callers }) => mayTry(callers, role));
  }

  /** What a token of this role may be made for: what the role may try without being there in person. */
  scopesOf(role: Role): string[] {
    return [...this.named(({ callers, inPerson }) => mayTry(callers, role) && !inPerson), ANY_QUERY, UPLOAD];
  }

  private named(chosen: (operation: Operation) => boolean): string[] {
    return [...this.all()]
      .filter(([, operation]) => chosen(operation))
      .map(([name]) => name)
      .sort();
  }

  private all(): Map<string, Operation> {
    this.known ??= new Map(
      [...this.modules.values()]
        .flatMap((module) => [...module.providers.values()])
        .flatMap(({ metatype }) => {
          const { prototype = {} } = (metatype ?? {}) as { prototype?: object };
          return Object.entries(Object.getOwnPropertyDescriptors(prototype));
        })
        .flatMap(([method, { value }]) => {
          const handler = value as object | undefined;
          if (typeof handler !== 'function' || !FIELDS.includes(Reflect.getMetadata(TYPE, handler) as string))
            return [];
          const name = (Reflect.getMetadata(NAME, handler) as string | undefined) ?? method;
          const callers = (Reflect.getMetadata(ALLOWED, handler) as Caller[] | undefined) ?? [];
          return [[name, { callers, inPerson: Reflect.hasMetadata(IN_PERSON, handler) }] as const];
        }),
    );
    return this.known;
  }
}

const mayTry = (callers: readonly Caller[], role: Role): boolean =>
  callers.includes(role) || callers.includes(SIGNED_IN) || callers.includes(ANYONE);

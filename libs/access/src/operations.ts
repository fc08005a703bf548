import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { Role } from './actor.rules.js';
import { ALLOWED, ANYONE, type Caller, SIGNED_IN } from './allow.js';

/** Where @nestjs/graphql notes that a method answers an operation, and under which name. */
const [TYPE, NAME] = ['graphql:resolver_type', 'graphql:resolver_name'];
const FIELDS = ['Query', 'Mutation', 'Subscription'];

/**
 * Every operation of the schema with its `@Allow`. The same words shut the door and tell the client which doors there
 * are, so the web repeats no rule.
 */
@Injectable()
export class Operations {
  private known: Map<string, readonly Caller[]> | undefined;

  constructor(private readonly modules: ModulesContainer) {}

  /** The operations a role may try, in the order of their names. Which rows it reaches is not said. */
  openTo(role: Role): string[] {
    const open = [...this.all()].filter(
      ([, callers]) => callers.includes(role) || callers.includes(SIGNED_IN) || callers.includes(ANYONE),
    );
    return open.map(([name]) => name).sort();
  }

  private all(): Map<string, readonly Caller[]> {
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
          return [[name, (Reflect.getMetadata(ALLOWED, handler) as Caller[] | undefined) ?? []] as const];
        }),
    );
    return this.known;
  }
}

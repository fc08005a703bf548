import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { Classed, FieldClass } from '@app/platform';
import type { Office } from './office.entity.js';
import { OfficeType } from './office.graphql.js';
import { OfficeAction, officeActions, officeViewers } from './office.policy.js';
import { OfficeService } from './office.service.js';

@Resolver(() => OfficeType)
export class OfficeResolver {
  constructor(private readonly offices: OfficeService) {}

  @Allow(...officeViewers)
  @Query(() => [OfficeType], { name: 'offices', description: 'The offices of the caller: own, and those below' })
  list(@CurrentActor() actor: Actor) {
    return this.offices.offices(actor);
  }

  @Classed(FieldClass.INTERNAL)
  @ResolveField(() => [OfficeAction], { description: 'What the viewer may do with this office' })
  viewerCan(@CurrentActor() actor: Actor, @Parent() office: Office) {
    return officeActions(actor, office);
  }
}

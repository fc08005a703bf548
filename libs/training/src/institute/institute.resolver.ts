import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, Role } from '@app/access';
import { Classed, FieldClass, orRefused } from '@app/platform';
import type { Institute } from './institute.entity.js';
import {
  AddRoomInput,
  AddRoomResult,
  InstitutePage,
  InstituteRefused,
  InstituteResult,
  InstitutesArgs,
  InstituteType,
  RegisterInstituteInput,
  RenewLicenceInput,
  RoomRefused,
} from './institute.graphql.js';
import { InstituteAction, instituteActions, instituteViewers } from './institute.policy.js';
import { InstituteService } from './institute.service.js';

@Resolver(() => InstituteType)
export class InstituteResolver {
  constructor(private readonly service: InstituteService) {}

  @Allow(...instituteViewers)
  @Query(() => InstitutePage, { description: 'Institutes the caller may see, in Persian order' })
  institutes(@CurrentActor() actor: Actor, @Args() args: InstitutesArgs) {
    return this.service.institutes(actor, args);
  }

  @Allow(...instituteViewers)
  @Query(() => InstituteType)
  institute(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.service.institute(actor, id);
  }

  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => InstituteResult, { description: 'Registers an institute with its licence in the own county' })
  registerInstitute(@CurrentActor() actor: Actor, @Args('input') input: RegisterInstituteInput) {
    return orRefused(InstituteRefused, this.service.register(actor, input));
  }

  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => InstituteResult, { description: 'Puts a renewed licence in the place of the one before' })
  renewLicence(@CurrentActor() actor: Actor, @Args('input') input: RenewLicenceInput) {
    return orRefused(InstituteRefused, this.service.renewLicence(actor, input));
  }

  @Allow(Role.COUNTY_OFFICER)
  @Mutation(() => AddRoomResult, { description: 'Adds a class room or workshop to an institute' })
  addRoom(@CurrentActor() actor: Actor, @Args('input') input: AddRoomInput) {
    return orRefused(RoomRefused, this.service.addRoom(actor, input));
  }

  @Classed(FieldClass.INTERNAL)
  @ResolveField(() => [InstituteAction], { description: 'What the viewer may do with this institute' })
  viewerCan(@CurrentActor() actor: Actor, @Parent() institute: Institute) {
    return instituteActions(actor, institute);
  }
}

import { Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson, Role } from '@app/access';
import { Me } from './graduate.graphql.js';
import { GraduateService } from './graduate.service.js';

@Resolver()
export class GraduateResolver {
  constructor(private readonly graduates: GraduateService) {}

  @InPerson()
  @Allow(Role.GRADUATE)
  @Query(() => Me, { description: 'The own course runs, attendance and exam results' })
  me(@CurrentActor() actor: Actor) {
    return this.graduates.me(actor);
  }
}

import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson } from '@app/access';
import { StoredDocumentType } from '@app/documents';
import { orRefused } from '@app/platform';
import { officers } from '../office/office.policy.js';
import { ExportPeopleInput, ExportPeopleResult, PeopleExportRefused } from './people-export.graphql.js';
import { PeopleExportService } from './people-export.service.js';

@Resolver()
export class PeopleExportResolver {
  constructor(private readonly exports: PeopleExportService) {}

  @InPerson()
  @Allow(...officers)
  @Query(() => [StoredDocumentType], {
    description: 'The files of people that the caller has asked for, the latest first',
  })
  peopleExports(@CurrentActor() actor: Actor) {
    return this.exports.own(actor);
  }

  @InPerson()
  @Allow(...officers)
  @Mutation(() => ExportPeopleResult, {
    description: 'Asks for the people of an office as one file; a job writes it when another agrees',
  })
  exportPeople(@CurrentActor() actor: Actor, @Args('input') input: ExportPeopleInput) {
    return orRefused(PeopleExportRefused, this.exports.ask(actor, input.officeId, input.purpose));
  }
}

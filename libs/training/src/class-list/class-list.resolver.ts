import { Args, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused, watch } from '@app/platform';
import { doers } from '../course-run/course-run.policy.js';
import {
  ClassListImportType,
  ClassListRefused,
  ClassListResult,
  EnrolClassListInput,
  ReadClassListInput,
} from './class-list.graphql.js';
import { type ClassListImport, ClassListImportState as State } from './class-list-import.entity.js';
import { ClassListImportService } from './class-list-import.service.js';

const settled = ({ state }: ClassListImportType) => state !== State.READING && state !== State.ENROLLING;

@Resolver()
export class ClassListResolver {
  constructor(private readonly imports: ClassListImportService) {}

  @Allow(...doers.ENROL)
  @Query(() => ClassListImportType)
  classListImport(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return this.imports.get(actor, id);
  }

  @Allow(...doers.ENROL)
  @Mutation(() => ClassListResult, { description: 'Reads an uploaded class list as a dry run: nobody is enrolled' })
  readClassList(@CurrentActor() actor: Actor, @Args('input') input: ReadClassListInput) {
    return this.shown(this.imports.handIn(actor, input));
  }

  @Allow(...doers.ENROL)
  @Mutation(() => ClassListResult, { description: 'Enrols the people of a class list that was read' })
  enrolClassList(@CurrentActor() actor: Actor, @Args('input') input: EnrolClassListInput) {
    return this.shown(this.imports.accept(actor, input));
  }

  @Allow(...doers.ENROL)
  @Subscription(() => ClassListImportType, { resolve: (progress: ClassListImportType) => progress })
  classListImportProgress(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string) {
    return watch(() => this.imports.get(actor, id), { until: settled });
  }

  private async shown(changed: Promise<ClassListImport>) {
    const answer = await orRefused(ClassListRefused, changed);
    return answer instanceof ClassListRefused ? answer : this.imports.withReport(answer);
  }
}

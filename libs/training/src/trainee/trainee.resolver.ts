import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, InPerson } from '@app/access';
import { orRefused } from '@app/platform';
import { VOUCHERS } from '../mobile-change/mobile-change.policy.js';
import { officers } from '../office/office.policy.js';
import { TraineeMergeService } from './trainee-merge.service.js';
import { TraineeRecords } from './trainee-record.service.js';
import {
  BirthDateRefused,
  MergeRefused,
  MergeTraineesInput,
  MergeTraineesResult,
  RecordBirthDateInput,
  RecordBirthDateResult,
  TraineeRecord,
} from './trainee.graphql.js';

@Resolver()
export class TraineeResolver {
  constructor(
    private readonly merges: TraineeMergeService,
    private readonly records: TraineeRecords,
  ) {}

  @InPerson()
  @Allow(...officers)
  @Query(() => TraineeRecord, { description: 'A person with a place in reach of the office, by the whole national ID' })
  traineeRecord(@CurrentActor() actor: Actor, @Args('nationalId') nationalId: string) {
    return this.records.find(actor, nationalId);
  }

  @InPerson()
  @Allow(...VOUCHERS)
  @Mutation(() => RecordBirthDateResult, {
    description: 'Writes the birth date of a person who has none, so that they can sign in',
  })
  recordBirthDate(@CurrentActor() actor: Actor, @Args('input') input: RecordBirthDateInput) {
    return orRefused(BirthDateRefused, this.records.recordBirthDate(actor, input));
  }

  @InPerson()
  @Allow(...officers)
  @Mutation(() => MergeTraineesResult, {
    description: 'Asks to make one of two records of one person; it is done when another agrees',
  })
  mergeTrainees(@CurrentActor() actor: Actor, @Args('input') { purpose, ...two }: MergeTraineesInput) {
    return orRefused(MergeRefused, this.merges.ask(actor, two, purpose));
  }
}

import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor, SIGNED_IN } from '@app/access';
import { orRefused } from '@app/platform';
import {
  ClosedWeekdaysRefused,
  HolidaysArgs,
  HolidayType,
  SetClosedWeekdaysInput,
  SetClosedWeekdaysResult,
} from './calendar.graphql.js';
import { officers } from '../office/office.policy.js';
import { CalendarService } from './calendar.service.js';

@Resolver()
export class CalendarResolver {
  constructor(private readonly calendar: CalendarService) {}

  @Allow(SIGNED_IN)
  @Query(() => [HolidayType], { description: 'Official holidays between two days, both counted' })
  holidays(@Args() args: HolidaysArgs) {
    return this.calendar.holidays(args);
  }

  @Allow(...officers)
  @Mutation(() => SetClosedWeekdaysResult, {
    description: 'Sets the weekly closed days of the own office, or of an institute of the own county',
  })
  setClosedWeekdays(@CurrentActor() actor: Actor, @Args('input') input: SetClosedWeekdaysInput) {
    return orRefused(ClosedWeekdaysRefused, this.calendar.setClosedWeekdays(actor, input));
  }
}

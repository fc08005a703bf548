import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { OfficeKind } from './office.entity.js';
import { OfficeAction } from './office.policy.js';

registerEnumType(OfficeKind, { name: 'OfficeKind' });
registerEnumType(OfficeAction, { name: 'OfficeAction' });

@ObjectType('Office')
export class OfficeType {
  @Field(() => ID) id: string;
  @Field(() => OfficeKind) kind: OfficeKind;
  @Field(() => ID, { nullable: true }) parentId: string | null;
  @Field() name: string;
  @Field() nameEn: string;
  @Field(() => String, { nullable: true, description: 'Two digits; the national office has none' })
  provinceCode: string | null;
  @Field(() => String, { nullable: true, description: 'Four digits, on county offices only' })
  countyCode: string | null;
  @Field(() => [Int], {
    nullable: true,
    description: 'Weekdays without classes, ISO 1 Monday to 7 Sunday; null takes those of the office above',
  })
  closedWeekdays: number[] | null;
}

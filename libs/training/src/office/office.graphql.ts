import { ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InternalField } from '@app/platform';
import { OfficeKind } from './office.entity.js';
import { OfficeAction } from './office.policy.js';

registerEnumType(OfficeKind, { name: 'OfficeKind' });
registerEnumType(OfficeAction, { name: 'OfficeAction' });

@ObjectType('Office')
export class OfficeType {
  @InternalField(() => ID) id: string;
  @InternalField(() => OfficeKind) kind: OfficeKind;
  @InternalField(() => ID, { nullable: true }) parentId: string | null;
  @InternalField() name: string;
  @InternalField() nameEn: string;
  @InternalField(() => String, { nullable: true, description: 'Two digits; the national office has none' })
  provinceCode: string | null;
  @InternalField(() => String, { nullable: true, description: 'Four digits, on county offices only' })
  countyCode: string | null;
  @InternalField(() => [Int], {
    nullable: true,
    description: 'Weekdays without classes, ISO 1 Monday to 7 Sunday; null takes those of the office above',
  })
  closedWeekdays: number[] | null;
}

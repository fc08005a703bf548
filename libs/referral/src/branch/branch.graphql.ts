import { ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsString, Length, Matches, MaxLength, MinLength } from 'class-validator';
import { InternalField } from '@app/platform';

@InputType()
export class RegisterBranchInput {
  @InternalField() @IsString() @MinLength(3) @MaxLength(100) name: string;
  @InternalField({ description: 'Two digits' }) @IsString() @Length(2, 2) @Matches(/^\d\d$/) provinceCode: string;
}

@ObjectType({ description: 'A branch of the support association' })
export class Branch {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField() provinceCode: string;
}

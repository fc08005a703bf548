import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DayScalar, InstantScalar } from '@app/platform';
import { ClassListImportState } from './class-list-import.entity.js';
import { ClassListRefusal, RowOutcome, RowReason } from './class-list-import.rules.js';
import { ClassListField, ClassListRepair } from './class-list-texts.rules.js';

registerEnumType(ClassListImportState, { name: 'ClassListImportState' });
registerEnumType(ClassListRefusal, { name: 'ClassListRefusal' });
registerEnumType(ClassListField, { name: 'ClassListField' });
registerEnumType(ClassListRepair, { name: 'ClassListRepair' });
registerEnumType(RowOutcome, { name: 'ClassListRowOutcome' });
registerEnumType(RowReason, { name: 'ClassListRowReason' });

@InputType()
export class ReadClassListInput {
  @Field(() => ID) @IsUUID() runId: string;
  @Field(() => ID, { description: 'What POST /uploads answered' }) @IsUUID() uploadId: string;
  @Field(() => String, { nullable: true, description: 'Which sheet, when several are class lists' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  sheet?: string | null;
}

@InputType()
export class EnrolClassListInput {
  @Field(() => ID) @IsUUID() importId: string;
}

@ObjectType()
export class ClassListRowRepair {
  @Field(() => ClassListField) field: ClassListField;
  @Field(() => ClassListRepair) kind: ClassListRepair;
  @Field({ description: 'As the file has it; IDs and numbers show their last digits' }) from: string;
  @Field({ description: 'As it was taken' }) to: string;
  @Field() messageFa: string;
  @Field() messageEn: string;
}

@ObjectType()
export class ClassListRowRefusal {
  @Field(() => ClassListField, { nullable: true, description: 'Null when no single value is wrong' })
  field: ClassListField | null;
  @Field(() => RowReason) reason: RowReason;
  @Field() messageFa: string;
  @Field() messageEn: string;
  @Field(() => Int, { nullable: true }) duplicateOfRow: number | null;
}

@ObjectType()
export class ClassListImportRow {
  @Field(() => Int, { description: 'Its number in the sheet' }) row: number;
  @Field({ description: 'Whose row it is, as the file says it' }) name: string;
  @Field(() => RowOutcome) outcome: RowOutcome;
  @Field(() => String, { nullable: true }) givenName: string | null;
  @Field(() => String, { nullable: true }) familyName: string | null;
  @Field(() => String, { nullable: true }) fatherName: string | null;
  @Field(() => String, { nullable: true, description: 'Its last digits only' }) maskedNationalId: string | null;
  @Field(() => DayScalar, { nullable: true }) birthDay: string | null;
  @Field(() => String, { nullable: true, description: 'Without its middle digits' }) maskedMobile: string | null;
  @Field({ description: 'There is a record of this person already; it is kept as it is' }) known: boolean;
  @Field(() => [ClassListRowRepair]) repairs: ClassListRowRepair[];
  @Field(() => ClassListRowRefusal, { nullable: true }) refusal: ClassListRowRefusal | null;
}

@ObjectType()
export class ClassListNote {
  @Field(() => Int) row: number;
  @Field() text: string;
}

@ObjectType('ClassListImport')
export class ClassListImportType {
  @Field(() => ID) id: string;
  @Field(() => ID) runId: string;
  @Field(() => ClassListImportState) state: ClassListImportState;
  @Field(() => String, { nullable: true }) sheet: string | null;
  @Field(() => Int) rowCount: number;
  @Field(() => Int, { description: 'Rows that will be enrolled; after the real run, that were' }) acceptedCount: number;
  @Field(() => Int) refusedCount: number;
  // Not `reason`: one selection may ask for the reason of a refusal beside it.
  @Field(() => String, { nullable: true, name: 'problem', description: 'Why the file was refused' })
  reason: string | null;
  @Field(() => String, { nullable: true }) messageFa: string | null;
  @Field(() => String, { nullable: true }) messageEn: string | null;
  @Field(() => InstantScalar) requestedAt: Date;
  @Field(() => [String], { description: 'The sheets to choose from, when there are several' }) sheets: string[];
  @Field(() => [ClassListImportRow]) rows: ClassListImportRow[];
  @Field(() => [ClassListNote], { description: 'Rows that are nobody: totals, signatures, notes' })
  notes: ClassListNote[];
}

@ObjectType()
export class ClassListRefused {
  @Field(() => ClassListRefusal) reason: ClassListRefusal;
}

export const ClassListResult = createUnionType({
  name: 'ClassListResult',
  types: () => [ClassListImportType, ClassListRefused] as const,
  resolveType: (value: object) => ('rows' in value ? ClassListImportType : ClassListRefused),
});

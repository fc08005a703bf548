import { createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { InstantScalar, InternalField, PersonalField } from '@app/platform';
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
  @InternalField(() => ID) @IsUUID() runId: string;
  @InternalField(() => ID, { description: 'What POST /uploads answered' }) @IsUUID() uploadId: string;
  @InternalField(() => String, { nullable: true, description: 'Which sheet, when several are class lists' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  sheet?: string | null;
}

@InputType()
export class EnrolClassListInput {
  @InternalField(() => ID) @IsUUID() importId: string;
}

@ObjectType()
export class ClassListRowRepair {
  @InternalField(() => ClassListField) field: ClassListField;
  @InternalField(() => ClassListRepair) kind: ClassListRepair;
  @PersonalField({ description: 'As the file has it; IDs and numbers show their last digits' }) from: string;
  @PersonalField({ description: 'As it was taken' }) to: string;
  @PersonalField() messageFa: string;
  @PersonalField() messageEn: string;
}

@ObjectType()
export class ClassListRowRefusal {
  @InternalField(() => ClassListField, { nullable: true, description: 'Null when no single value is wrong' })
  field: ClassListField | null;
  @InternalField(() => RowReason) reason: RowReason;
  @PersonalField() messageFa: string;
  @PersonalField() messageEn: string;
  @InternalField(() => Int, { nullable: true }) duplicateOfRow: number | null;
}

@ObjectType()
export class ClassListImportRow {
  @InternalField(() => Int, { description: 'Its number in the sheet' }) row: number;
  @PersonalField({ description: 'Whose row it is, as the file says it' }) name: string;
  @InternalField(() => RowOutcome) outcome: RowOutcome;
  @PersonalField(() => String, { nullable: true }) givenName: string | null;
  @PersonalField(() => String, { nullable: true }) familyName: string | null;
  @PersonalField(() => String, { nullable: true }) fatherName: string | null;
  @PersonalField(() => String, { nullable: true, description: 'Its last digits only' }) maskedNationalId: string | null;
  @PersonalField(() => Int, { nullable: true, description: 'Jalali, the year alone: the whole date opens sign-in' })
  birthYear: number | null;
  @PersonalField(() => String, { nullable: true, description: 'Without its middle digits' }) maskedMobile:
    string | null;
  @InternalField({ description: 'There is a record of this person already; it is kept as it is' }) known: boolean;
  @InternalField(() => [ClassListRowRepair]) repairs: ClassListRowRepair[];
  @InternalField(() => ClassListRowRefusal, { nullable: true }) refusal: ClassListRowRefusal | null;
}

@ObjectType()
export class ClassListNote {
  @InternalField(() => Int) row: number;
  @PersonalField() text: string;
}

@ObjectType('ClassListImport')
export class ClassListImportType {
  @InternalField(() => ID) id: string;
  @InternalField(() => ID) runId: string;
  @InternalField(() => ClassListImportState) state: ClassListImportState;
  @InternalField(() => String, { nullable: true }) sheet: string | null;
  @InternalField(() => Int) rowCount: number;
  @InternalField(() => Int, { description: 'Rows that will be enrolled; after the real run, that were' })
  acceptedCount: number;
  @InternalField(() => Int) refusedCount: number;
  // Not `reason`: one selection may ask for the reason of a refusal beside it.
  @InternalField(() => String, { nullable: true, name: 'problem', description: 'Why the file was refused' })
  reason: string | null;
  @PersonalField(() => String, { nullable: true }) messageFa: string | null;
  @PersonalField(() => String, { nullable: true }) messageEn: string | null;
  @InternalField(() => InstantScalar) requestedAt: Date;
  @InternalField(() => [String], { description: 'The sheets to choose from, when there are several' }) sheets: string[];
  @InternalField(() => [ClassListImportRow]) rows: ClassListImportRow[];
  @InternalField(() => [ClassListNote], { description: 'Rows that are nobody: totals, signatures, notes' })
  notes: ClassListNote[];
}

@ObjectType()
export class ClassListRefused {
  @InternalField(() => ClassListRefusal) reason: ClassListRefusal;
}

export const ClassListResult = createUnionType({
  name: 'ClassListResult',
  types: () => [ClassListImportType, ClassListRefused] as const,
  resolveType: (value: object) => ('rows' in value ? ClassListImportType : ClassListRefused),
});

import { ArgsType, createUnionType, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { StoredDocumentType } from '@app/documents';
import { InstantScalar, InternalField, PageArgs } from '@app/platform';
import { StockFormState } from './stock.entity.js';
import { StockRefusal } from './stock.rules.js';

registerEnumType(StockFormState, { name: 'StockFormState' });
registerEnumType(StockRefusal, { name: 'StockRefusal' });

const SERIES = /^[\p{L}\d]{1,10}$/u;
const HIGHEST = 2_000_000_000;

@InputType()
export class ReceiveStockInput {
  @InternalField({ description: 'Letters and digits before the numbers' }) @IsString() @Matches(SERIES) series: string;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(HIGHEST) first: number;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(HIGHEST) last: number;
}

@InputType()
export class SetStockPrinterInput {
  @InternalField() @IsString() @MinLength(1) @MaxLength(60) name: string;
  @InternalField(() => Int, { description: 'Tenths of a millimetre to the right; negative to the left' })
  @IsInt()
  @Min(-300)
  @Max(300)
  rightTenths: number;
  @InternalField(() => Int, { description: 'Tenths of a millimetre down; negative up' })
  @IsInt()
  @Min(-300)
  @Max(300)
  downTenths: number;
}

@InputType()
export class PrintOnStockInput {
  @InternalField(() => ID) @IsUUID() runId: string;
  @InternalField(() => ID) @IsUUID() printerId: string;
  @InternalField() @IsString() @Matches(SERIES) series: string;
  @InternalField(() => Int, { description: 'The first form in the tray' })
  @IsInt()
  @Min(1)
  @Max(HIGHEST)
  firstNumber: number;
  @InternalField({ description: 'The form with the highest number lies on top in the tray' })
  @IsBoolean()
  highestOnTop: boolean;
}

@InputType()
export class SpoilStockFormInput {
  @InternalField() @IsString() @Matches(SERIES) series: string;
  @InternalField(() => Int) @IsInt() @Min(1) @Max(HIGHEST) number: number;
  @InternalField() @IsString() @MinLength(3) @MaxLength(300) reason: string;
}

@ObjectType('StockForm')
export class StockFormType {
  @InternalField(() => ID) id: string;
  @InternalField() series: string;
  @InternalField(() => Int) number: number;
  @InternalField(() => StockFormState) state: StockFormState;
  @InternalField(() => ID, { nullable: true }) certificateId: string | null;
  @InternalField(() => String, { nullable: true, description: 'Of the certificate that was printed on it' })
  serial: string | null;
  @InternalField(() => String, { nullable: true }) reason: string | null;
  @InternalField(() => ID) changedBy: string;
  @InternalField(() => InstantScalar) changedAt: Date;
}

@ObjectType()
export class StockFormPage {
  @InternalField(() => [StockFormType]) items: StockFormType[];
  @InternalField(() => String, { nullable: true }) nextCursor: string | null;
}

@ArgsType()
export class CertificateStockArgs extends PageArgs {
  @InternalField(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(10) series?: string | null;
}

@ObjectType()
export class StockSeries {
  @InternalField() series: string;
  @InternalField(() => Int) blank: number;
  @InternalField(() => Int, { description: 'Those with a certificate on them' }) used: number;
  @InternalField(() => Int) spoiled: number;
  @InternalField(() => Int, { nullable: true }) nextBlank: number | null;
}

@ObjectType('StockPrinter')
export class StockPrinterType {
  @InternalField(() => ID) id: string;
  @InternalField() name: string;
  @InternalField(() => Int) rightTenths: number;
  @InternalField(() => Int) downTenths: number;
  @InternalField(() => StoredDocumentType, { description: 'A ruled page that shows whether the offsets are right' })
  testPage: StoredDocumentType;
}

@ObjectType('StockPrint')
export class StockPrintType {
  @InternalField(() => ID) id: string;
  @InternalField() series: string;
  @InternalField(() => Int) first: number;
  @InternalField(() => Int) last: number;
  @InternalField() runNumber: string;
  @InternalField(() => StoredDocumentType, { description: 'One page for each form, without what is printed on it' })
  document: StoredDocumentType;
}

/** The numbered forms and the printers of the viewer's office. */
@ObjectType()
export class CertificateStock {
  @InternalField(() => [StockSeries]) series: StockSeries[];
  @InternalField(() => [StockPrinterType]) printers: StockPrinterType[];
  @InternalField(() => StockFormPage, {
    description: 'Printed and spoiled ones of the series asked for, the highest number first',
  })
  usedForms: StockFormPage;
  @InternalField(() => [StockPrintType], { description: 'On forms of the series asked for, the newest first' })
  prints: StockPrintType[];
}

@ObjectType()
export class StockRefused {
  @InternalField(() => StockRefusal) reason: StockRefusal;
}

export const ReceiveStockResult = createUnionType({
  name: 'ReceiveStockResult',
  types: () => [StockSeries, StockRefused] as const,
  resolveType: (value: object) => ('blank' in value ? StockSeries : StockRefused),
});

export const PrintOnStockResult = createUnionType({
  name: 'PrintOnStockResult',
  types: () => [StockPrintType, StockRefused] as const,
  resolveType: (value: object) => ('document' in value ? StockPrintType : StockRefused),
});

export const SpoilStockFormResult = createUnionType({
  name: 'SpoilStockFormResult',
  types: () => [StockFormType, StockRefused] as const,
  resolveType: (value: object) => ('state' in value ? StockFormType : StockRefused),
});

import { Entity, Index, type Relation, Unique } from 'typeorm';
import { BelongsTo, Choice, Count, Flag, Id, Instant, Ref, Text } from '@app/platform';
import { CourseRun, Office } from '@app/training';

export enum StockFormState {
  BLANK = 'BLANK', // lies in the office
  PRINTED = 'PRINTED', // bears a certificate
  SPOILED = 'SPOILED', // written off: misprinted, torn, lost
}

/** A numbered form printed beforehand. Never deleted: each number is accounted for, with who, when and why. */
@Entity('stock_form')
@Unique('stock_form_once', ['series', 'number'])
@Index('stock_form_by_office', ['officeId', 'series', 'number'])
@Index('stock_form_by_print', ['printId'])
@Index('stock_form_by_certificate', ['certificateId'])
export class StockForm {
  @Id() id: string;
  @Ref() officeId: string;
  @Text(10) series: string;
  @Count() number: number;
  @Choice(StockFormState) state: StockFormState;
  /** What was printed on it; stays when the form is spoiled. */
  @Ref({ nullable: true }) certificateId: string | null;
  @Ref({ nullable: true }) printId: string | null;
  /** Why it was written off. */
  @Text(300, { nullable: true }) reason: string | null;
  @Ref() changedBy: string;
  @Instant() changedAt: Date;
  @BelongsTo(() => Office, 'officeId') office: Relation<Office>;
}

/** A printer of an office, and by how much what it prints must be moved to lie on the forms. */
@Entity('stock_printer')
@Unique('stock_printer_once', ['officeId', 'name'])
export class StockPrinter {
  @Id() id: string;
  @Ref() officeId: string;
  @Text(60) name: string;
  /** Tenths of a millimetre to the right; to the left when negative. */
  @Count() rightTenths: number;
  /** Tenths of a millimetre down; up when negative. */
  @Count() downTenths: number;
  @BelongsTo(() => Office, 'officeId') office: Relation<Office>;
}

/** One job of printing certificates of a run on forms, with the offsets it was ordered with. */
@Entity('stock_print')
@Index('stock_print_by_run', ['runId'])
export class StockPrint {
  @Id() id: string;
  @Ref() runId: string;
  @Ref() officeId: string;
  @Count() rightTenths: number;
  @Count() downTenths: number;
  /** The form with the highest number lies on top in the tray: the pages come in the reverse order. */
  @Flag() highestOnTop: boolean;
  @Ref() orderedBy: string;
  @Instant() orderedAt: Date;
  @BelongsTo(() => CourseRun, 'runId') run: Relation<CourseRun>;
}

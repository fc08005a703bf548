import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Actor, Allow, CurrentActor } from '@app/access';
import { orRefused } from '@app/platform';
import {
  CertificateStock,
  CertificateStockArgs,
  PrintOnStockInput,
  PrintOnStockResult,
  ReceiveStockInput,
  ReceiveStockResult,
  SetStockPrinterInput,
  SpoilStockFormInput,
  SpoilStockFormResult,
  StockPrinterType,
  StockRefused,
} from './stock.graphql.js';
import { STOCK_KEEPERS } from './stock.policy.js';
import { StockService } from './stock.service.js';

@Resolver()
export class StockResolver {
  constructor(private readonly stock: StockService) {}

  @Allow(...STOCK_KEEPERS)
  @Query(() => CertificateStock, { description: 'Numbered forms and printers of the viewer’s office' })
  certificateStock(@CurrentActor() actor: Actor, @Args() { series, ...page }: CertificateStockArgs) {
    return this.stock.stock(actor, series ?? null, page);
  }

  @Allow(...STOCK_KEEPERS)
  @Mutation(() => ReceiveStockResult, { description: 'Takes numbered forms into the stock of the office' })
  receiveStock(@CurrentActor() actor: Actor, @Args('input') input: ReceiveStockInput) {
    return orRefused(StockRefused, this.stock.receive(actor, input));
  }

  @Allow(...STOCK_KEEPERS)
  @Mutation(() => StockPrinterType, { description: 'Sets the offsets of a printer; a job draws its test page' })
  setStockPrinter(@CurrentActor() actor: Actor, @Args('input') input: SetStockPrinterInput) {
    return this.stock.setPrinter(actor, input);
  }

  @Allow(...STOCK_KEEPERS)
  @Mutation(() => PrintOnStockResult, {
    description:
      'Puts the certificates of a run on numbered forms, in the order of their serials; a job draws the pages',
  })
  printOnStock(@CurrentActor() actor: Actor, @Args('input') input: PrintOnStockInput) {
    return orRefused(StockRefused, this.stock.print(actor, input));
  }

  @Allow(...STOCK_KEEPERS)
  @Mutation(() => SpoilStockFormResult, { description: 'Writes a numbered form off, with the reason' })
  spoilStockForm(@CurrentActor() actor: Actor, @Args('input') input: SpoilStockFormInput) {
    return orRefused(StockRefused, this.stock.spoil(actor, input));
  }
}

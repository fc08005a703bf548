import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AccessModule, CodePaper, Graduates, Places, SingleSignOn, WorkDays } from '@app/access';
import { CertificationModule } from '@app/certification';
import { DocumentsModule, PrintedCodes } from '@app/documents';
import { Messengers, MessagingModule } from '@app/messaging';
import { Chainer, Clock, Database, FileStore, JobRegistry, Keys, Log, Settings } from '@app/platform';
import { CertifiedEnrolments, ReferralModule } from '@app/referral';
import { OfficeWorkDays, TrainingGraduates, TrainingModule, TrainingPlaces } from '@app/training';
import { signOnOf } from './adapters.js';
import type { Backend } from './backend.js';
import { IssuedCertificates } from './issued-certificates.js';
import { UpkeepModule } from './upkeep/upkeep.module.js';

/** All libs over one backend: the same in the API, the worker and the command line. */
@Global()
@Module({})
export class BackendModule implements OnModuleInit {
  constructor(
    private readonly modules: ModulesContainer,
    private readonly registry: JobRegistry,
  ) {}

  static over(backend: Backend): DynamicModule {
    const parts = [
      { provide: Settings, useValue: backend.settings },
      { provide: Clock, useValue: backend.clock },
      { provide: Keys, useValue: backend.keys },
      { provide: Log, useValue: backend.log },
      { provide: Database, useValue: backend.database },
      { provide: Chainer, useValue: backend.chainer },
      { provide: FileStore, useValue: backend.files },
      { provide: JobRegistry, useValue: backend.registry },
      { provide: Messengers, useValue: backend.messengers },
      { provide: Places, useClass: TrainingPlaces },
      { provide: WorkDays, useClass: OfficeWorkDays },
      { provide: Graduates, useClass: TrainingGraduates },
      { provide: SingleSignOn, useValue: signOnOf(backend.settings) },
      { provide: CodePaper, useClass: PrintedCodes },
      { provide: CertifiedEnrolments, useClass: IssuedCertificates },
    ];
    return {
      module: BackendModule,
      imports: [
        MessagingModule,
        AccessModule,
        DocumentsModule,
        TrainingModule,
        CertificationModule,
        ReferralModule,
        UpkeepModule,
      ],
      providers: parts,
      exports: [...parts.map(({ provide }) => provide), AccessModule],
    };
  }

  /** Every process knows every job, so that a unit writes the jobs that follow it wherever it runs. */
  onModuleInit(): void {
    const providers = new Set<object>();
    for (const module of this.modules.values())
      for (const { instance } of module.providers.values())
        if (instance && typeof instance === 'object') providers.add(instance);
    for (const provider of providers) this.registry.register(provider);
  }
}

import { Module } from '@nestjs/common';
import { MessageJobs } from './message.jobs.js';
import { Messages } from './messages.service.js';

/** Messages to people. Needs a provider of `Messengers` and the global parts of the platform. */
@Module({ providers: [Messages, MessageJobs], exports: [Messages] })
export class MessagingModule {}

import nodemailer from 'nodemailer';
import { config } from '@/config';

const transport = nodemailer.createTransport(config.SMTP_URL);

export interface Mail {
  to: string;
  subject: string;
  text: string;
  from?: string;
}

export async function sendMail(mail: Mail): Promise<void> {
  await transport.sendMail({ from: 'crm@fieldnotes.example', ...mail });
}

import { Router } from 'express';
import { z } from 'zod';
import { acceptInvitation, signIn } from '@/services/authService';

const credentials = z.object({ email: z.email(), password: z.string() });
const invitation = z.object({ token: z.string(), name: z.string().min(1), password: z.string().min(10) });

export const authRoutes = Router();

authRoutes.post('/sign-in', async (req, res) => {
  const { email, password } = credentials.parse(req.body);
  res.json({ token: await signIn(email, password) });
});

authRoutes.post('/invitations', async (req, res) => {
  const { token, name, password } = invitation.parse(req.body);
  res.status(201).json(await acceptInvitation(token, name, password));
});

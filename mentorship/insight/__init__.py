"""Figures for managers and coordinators: who carries what."""

"""An HR export -> people, rosters, expertise, requests, running pairs."""

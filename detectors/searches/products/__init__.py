"""What decay products must do to be seen."""

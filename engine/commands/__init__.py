"""What a person or a schedule may do: one function a use case."""
